/** Carries short texts between the server processes of a community. Any of them may be lost, doubled or late. */
export type Wire = {
  /** Hands a text to every server, the sender included. Never rejects; while the wire is away the text is lost. */
  send(text: string): void;
  /**
   * @param receive called with each text
   * @param onConnected called after each connection, the first one included: until then texts may have been missed
   * @returns ends the subscription
   */
  listen(receive: (text: string) => void, onConnected: () => void): () => void;
  isConnected(): boolean;
};
