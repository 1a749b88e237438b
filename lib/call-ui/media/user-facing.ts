/** Labels of rear cameras: "camera2 0, facing back" (Android), "Back Camera" (iOS), "Rear camera" (Windows tablets). */
const rearLabel = /\b(back|rear|environment)\b/i;

/**
 * Whether a camera looks at the person who uses it: only such a picture is mirrored. A browser that does not
 * say which way a camera looks (desktops, Firefox on Android) is judged by the camera's label.
 */
export function isUserFacing(track: MediaStreamTrack): boolean {
  const { facingMode: facing } = track.getSettings();
  return facing ? facing === 'user' : !rearLabel.test(track.label);
}
