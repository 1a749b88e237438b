import type { MiniCallBarProps } from '../slots';
import { useWords } from '../words/use-words';
import { Avatar, avatarOf } from './avatar';
import { Button, microphoneTone } from './button';
import { Timer } from './call-bar';
import { MicrophoneIcon } from './call-icons';
import { classNames } from './class-names';
import { PhoneXIcon } from './icons';
import style from './mini-call-bar.module.css';
import theme from './theme.module.css';
import { UnseenPeople } from './unseen-person';

/** The call while another page is open: who speaks, how long, microphone and the way out. */
export function MiniCallBar(props: MiniCallBarProps) {
  const { call, people, speaker, microphone, leaveProps, leaveLabel, open } = props;
  const { bar, call: words } = useWords();
  const isGroup = call.kind === 'group';
  const avatar =
    speaker && !(isGroup && !speaker.isSpeaking) ? (
      <Avatar {...avatarOf(speaker.person)} size={36} isSpeaking={speaker.isSpeaking} />
    ) : (
      <Avatar
        id={call.conversationId ?? call.title}
        name={call.title}
        hue={call.hue}
        size={36}
        shape={isGroup ? 'group' : 'person'}
      />
    );
  return (
    <section
      aria-label={words.region}
      className={classNames(theme.kit, style.bar)}
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
      data-speaking={speaker?.isSpeaking || undefined}
    >
      <div className={style.call}>
        {avatar}
        <div className={style.words}>
          <button
            type="button"
            className={style.open}
            aria-label={bar.backToCall({ title: call.title })}
            onClick={open}
          >
            <bdi className={theme.clip}>{call.title}</bdi>
          </button>
          {/* Beside the button: a name that changed every second would be read out every second. */}
          <span className={style.sub}>
            {call.phase === 'connected' && call.durationMs !== null ? (
              <Timer call={call} />
            ) : (
              <bdi className={theme.clip}>{call.stateText}</bdi>
            )}
          </span>
        </div>
      </div>
      <UnseenPeople people={people} />
      <div role="toolbar" aria-label={words.controls} className={style.controls}>
        <Button
          tone={microphoneTone(microphone)}
          size="icon"
          aria-label={words.microphone}
          aria-pressed={microphone.isOn}
          icon={<MicrophoneIcon {...microphone} />}
          {...microphone.buttonProps}
        />
        <Button
          tone="danger"
          size="icon"
          aria-label={leaveLabel}
          title={leaveLabel}
          icon={<PhoneXIcon />}
          {...leaveProps}
        />
      </div>
    </section>
  );
}
