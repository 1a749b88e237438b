import { useNoticeWords } from '../hooks/use-notice-words';
import type { ConnectionBannerProps } from '../slots';
import type { CallNotice } from '../view-models';
import { useWords } from '../words/use-words';
import { Button } from './button';
import { CameraOffIcon, CloseIcon, DevicesIcon, MicOffIcon, ScreenStopIcon, WarningIcon } from './call-icons';
import { classNames } from './class-names';
import style from './connection-banner.module.css';
import { SoundOffIcon } from './icons';
import theme from './theme.module.css';

const icons: Record<Exclude<CallNotice['id'], 'reconnecting'>, typeof WarningIcon> = {
  no_connection: WarningIcon,
  microphone_blocked: MicOffIcon,
  talking_while_muted: MicOffIcon,
  sound_blocked: SoundOffIcon,
  muted_by_move: MicOffIcon,
  screen_ended: ScreenStopIcon,
  device_lost: DevicesIcon,
  no_blur: CameraOffIcon,
  other: WarningIcon,
};

/**
 * One notice across the top of the call. What keeps the participant from being heard interrupts a screen
 * reader.
 */
export function ConnectionBanner({ notice }: ConnectionBannerProps) {
  const { call } = useWords();
  const { text, action } = useNoticeWords(notice);
  const Icon = notice.id === 'reconnecting' ? null : icons[notice.id];
  const isUrgent = notice.id === 'microphone_blocked' || notice.id === 'sound_blocked';
  return (
    <div role={isUrgent ? 'alert' : 'status'} className={classNames(theme.kit, style.banner)}>
      <span className={style.icon}>
        {Icon ? <Icon /> : <span className={theme.spinner} aria-hidden="true" />}
      </span>
      <span className={style.text}>{text}</span>
      {notice.act && action ? (
        <Button tone="primary" size="sm" onClick={notice.act}>
          {action}
        </Button>
      ) : null}
      {notice.dismiss ? (
        <Button
          tone="quiet"
          size="icon"
          aria-label={call.dismiss}
          icon={<CloseIcon />}
          onClick={notice.dismiss}
        />
      ) : null}
    </div>
  );
}
