/** The addresses of the list and of every conversation. The layout shows them. */
export default function MessagesPage() {
  return null;
}
