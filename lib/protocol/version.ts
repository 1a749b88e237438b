/**
 * The version of what crosses the wire: routes, bodies, views, events. It grows when something is taken away
 * or changes its meaning, so that what was right before would be wrong. New fields, events and routes leave it
 * as it is: who does not know them passes them over. The snapshot carries it; a page that is older than the
 * server goes on, and knows by it that loading anew is worth it.
 */
export const protocolVersion = 2;
