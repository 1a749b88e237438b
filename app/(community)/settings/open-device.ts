/**
 * Opens a microphone or camera to look at it. Rejects with an Error whose message is a sentence for
 * the person: on plain http a browser has no devices at all.
 * @param deviceId the chosen one, or '' for the system's
 */
export async function openDevice(kind: 'audio' | 'video', deviceId: string): Promise<MediaStream> {
  const word = kind === 'audio' ? 'microphone' : 'camera';
  if (!window.isSecureContext)
    throw new Error(`A browser gives its ${word} to https pages only, and this page is on http.`);
  try {
    return await navigator.mediaDevices.getUserMedia({
      [kind]: deviceId ? { deviceId: { exact: deviceId } } : true,
    });
  } catch {
    throw new Error(`Your ${word} is blocked or missing. Allow it in the browser, then try again.`);
  }
}
