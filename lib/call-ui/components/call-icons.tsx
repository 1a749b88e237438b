/** Icons of what is loaded when a call comes near: no page's first load holds them. */
import Ban from 'lucide-react/icons/ban';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Ellipsis from 'lucide-react/icons/ellipsis';
import ExternalLink from 'lucide-react/icons/external-link';
import Hand from 'lucide-react/icons/hand';
import Maximize2 from 'lucide-react/icons/maximize-2';
import Mic from 'lucide-react/icons/mic';
import MicOff from 'lucide-react/icons/mic-off';
import Minimize2 from 'lucide-react/icons/minimize-2';
import Minus from 'lucide-react/icons/minus';
import MonitorUp from 'lucide-react/icons/monitor-up';
import MonitorX from 'lucide-react/icons/monitor-x';
import PictureInPicture2 from 'lucide-react/icons/picture-in-picture-2';
import Pin from 'lucide-react/icons/pin';
import Plus from 'lucide-react/icons/plus';
import RotateCw from 'lucide-react/icons/rotate-cw';
import Settings2 from 'lucide-react/icons/settings-2';
import SwitchCamera from 'lucide-react/icons/switch-camera';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import Users from 'lucide-react/icons/users';
import Video from 'lucide-react/icons/video';
import VideoOff from 'lucide-react/icons/video-off';
import X from 'lucide-react/icons/x';
import { fromLucide, type Icon } from './icons';

type MicrophoneIconProps = { isOn: boolean; isMissing: boolean; size?: number };

const MicIcon = fromLucide(Mic);
export const MicOffIcon = fromLucide(MicOff);
/** No microphone: not slashed, which means muted. */
const MicMissingIcon: Icon = ({ size = 20 }) => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={size <= 16 ? 2 : 1.75}
    strokeLinecap="round"
    strokeLinejoin="round"
    style={{ flex: 'none' }}
  >
    <path d="M9 2a3 3 0 0 0-3 3v7a3 3 0 0 0 6 0V5a3 3 0 0 0-3-3zM2 10v2a7 7 0 0 0 14 0v-2M9 19v3" />
    <path d="M20.5 3v6M20.5 13.5v.01" strokeWidth={2.5} />
  </svg>
);
/** Of a microphone that is on, muted or missing. */
export const MicrophoneIcon = ({ isOn, isMissing, size = 20 }: MicrophoneIconProps) =>
  isMissing ? <MicMissingIcon size={size} /> : isOn ? <MicIcon size={size} /> : <MicOffIcon size={size} />;
export const CameraIcon = fromLucide(Video);
export const CameraOffIcon = fromLucide(VideoOff);
export const FlipCameraIcon = fromLucide(SwitchCamera);
export const ScreenIcon = fromLucide(MonitorUp);
export const ScreenStopIcon = fromLucide(MonitorX);
export const DevicesIcon = fromLucide(Settings2);
export const PictureInPictureIcon = fromLucide(PictureInPicture2);
export const ExpandIcon = fromLucide(Maximize2);
export const CollapseIcon = fromLucide(Minimize2);
export const NextIcon = fromLucide(ChevronRight, true);
export const PreviousIcon = fromLucide(ChevronLeft, true);
export const PinIcon = fromLucide(Pin);
export const PopOutIcon = fromLucide(ExternalLink, true);
export const ZoomInIcon = fromLucide(Plus);
export const ZoomOutIcon = fromLucide(Minus);
export const HandIcon = fromLucide(Hand);
export const MoreIcon = fromLucide(Ellipsis);
export const PeopleIcon = fromLucide(Users);
export const RefusedIcon = fromLucide(Ban);
export const RingAgainIcon = fromLucide(RotateCw);
export const WarningIcon = fromLucide(TriangleAlert);
export const CloseIcon = fromLucide(X);
