/**
 * A video that can be attached to a `<video>` element: camera or screen of one person.
 *
 * @example
 * const show = ({ attach, detach }: VideoSource, element: HTMLVideoElement) => {
 *   attach(element);
 *   return () => detach(element);
 * };
 */
export type VideoSource = {
  id: string;
  attach: (element: HTMLVideoElement) => void;
  detach: (element: HTMLVideoElement) => void;
  isMirrored: boolean;
};

/**
 * The own camera, looked at before a call.
 *
 * @example
 * const Preview = ({ source, problem }: CameraPreviewState) => source ? <VideoView source={source} /> : <p>{problem}</p>;
 */
export type CameraPreviewState = {
  isOn: boolean;
  toggle: () => void;
  /** Null while it is off or on its way. */
  source: VideoSource | null;
  /** Why there is no picture, as a sentence; null when all is well. */
  problem: string | null;
};

/** As `MediaDeviceInfo.kind`. */
export type DeviceKind = 'audioinput' | 'audiooutput' | 'videoinput';

/**
 * One device; the id '' is the system's default.
 *
 * @example
 * const option = ({ id, label }: DeviceChoice) => <option value={id}>{label}</option>;
 */
export type DeviceChoice = { id: string; label: string };

/**
 * A choice of devices of one kind.
 *
 * @example
 * const Choice = ({ label, choices, selectedId, select }: DeviceSelect) => (
 *   <select aria-label={label} value={selectedId} onChange={(event) => select(event.target.value)}>
 *     {choices.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
 *   </select>
 * );
 */
export type DeviceSelect = {
  kind: DeviceKind;
  label: string;
  choices: DeviceChoice[];
  selectedId: string;
  select: (id: string) => void;
  /** False where the browser cannot choose (speaker in some browsers). */
  isSupported: boolean;
};

/**
 * The choice of a blurred background.
 *
 * @example
 * const Blur = ({ isOffered, isOn, setOn }: BackgroundBlurState) =>
 *   isOffered ? <input type="checkbox" checked={isOn} onChange={() => setOn(!isOn)} /> : null;
 */
export type BackgroundBlurState = {
  /** False in browsers that can't blur. */
  isOffered: boolean;
  isOn: boolean;
  setOn: (isOn: boolean) => void;
};
