/**
 * What only a call needs, for an app that draws these parts itself: an entry of its own, so that no page loads it
 * before a call. The prefabs load the same parts when a call comes near.
 */
export { GesturesMenu, type GesturesMenuProps } from './components/gestures-menu';
export { GesturesShown, type GesturesShownProps } from './components/gestures-shown';
export { PopOutCall, type PopOutCallProps } from './components/pop-out-call';
export { SoundCheckPanel, type SoundCheckPanelProps } from './components/sound-check-panel';
export { type GesturesState, useGestures } from './hooks/use-gestures';
export { type SoundCheckState, useSoundCheck } from './hooks/use-sound-check';
