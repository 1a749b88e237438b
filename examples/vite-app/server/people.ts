/** Someone who has a plot here, as the garden's own database would know them. */
export type Gardener = {
  id: string;
  name: string;
  plot: number;
  grows: string;
  /** Opens the gate and this app. */
  pin: string;
};

export const gardeners: readonly Gardener[] = [
  { id: 'alice', name: 'Alice', plot: 7, grows: 'Beans, bees and far too many courgettes', pin: '7007' },
  { id: 'bob', name: 'Bob', plot: 12, grows: 'Potatoes in rows that a ruler would envy', pin: '1212' },
  { id: 'carol', name: 'Carol', plot: 3, grows: 'Dahlias, and a bench for visitors', pin: '3003' },
];
