'use client';
import { pictureOf } from '../controller/pictures';
import type { ButtonProps, CallParticipant, CallSummary, ControlState } from '../view-models';
import { useWords } from '../words/use-words';
import { Avatar, avatarOf } from './avatar';
import { Timer } from './call-bar';
import { HandIcon, MicrophoneIcon } from './call-icons';
import toolbar from './call-toolbar.module.css';
import { classNames } from './class-names';
import { PhoneXIcon } from './icons';
import { isPresent } from './participant-presence';
import style from './pop-out-call.module.css';
import theme from './theme.module.css';
import { VideoView } from './video-view';

/** The call and the two controls of its small window. */
export type PopOutCallProps = {
  call: CallSummary;
  people: CallParticipant[];
  microphone: ControlState;
  leaveProps: ButtonProps;
  leaveLabel: string;
};

/** As many as stand in two rows of the small window. */
const mostFaces = 6;

/**
 * The call in a small window of its own: a picture or faces, how long, mute and the way out.
 *
 * @example
 * const { summary, people } = useCall();
 * return summary && <PopOutCall call={summary} people={people} {...useCallControls()} />;
 */
export function PopOutCall({ call, people, microphone, leaveProps, leaveLabel }: PopOutCallProps) {
  const words = useWords().call;
  const picture = pictureOf(people);
  const present = people.filter((who) => isPresent(who) && !who.isSelf);
  const more = present.length - mostFaces;
  return (
    <main
      className={classNames(theme.kit, style.window)}
      aria-label={words.region}
      data-theme="dark"
      data-call-phase={call.phase}
    >
      {picture ? (
        <VideoView source={picture} className={style.picture} />
      ) : (
        <ul className={style.faces} aria-label={words.people}>
          {present.slice(0, mostFaces).map((who) => (
            <li key={who.person.id} className={style.face} aria-label={who.person.displayName}>
              <Avatar
                {...avatarOf(who.person)}
                size={present.length > 2 ? 56 : 80}
                isSpeaking={who.isSpeaking}
              />
              <span className={style.name}>
                {who.handPlace === null ? null : <HandIcon size={14} />}
                {who.isMuted ? (
                  <MicrophoneIcon isOn={false} isMissing={!who.hasMicrophone} size={14} />
                ) : null}
                <bdi className={theme.clip}>{who.person.displayName}</bdi>
              </span>
            </li>
          ))}
          {more > 0 ? (
            <li className={style.more} dir="ltr">
              +{more}
            </li>
          ) : null}
        </ul>
      )}
      <div className={style.foot}>
        <span className={style.state}>
          <bdi className={theme.clip}>{call.title}</bdi>
          {call.durationMs === null || call.phase !== 'connected' ? (
            <span className={style.words}>{call.stateText}</span>
          ) : (
            <Timer call={call} />
          )}
        </span>
        <button
          {...microphone.buttonProps}
          aria-label={words.microphone}
          aria-pressed={microphone.isOn}
          data-control="Microphone"
          title={microphone.isMissing ? words.noMicrophone : words.microphone}
          className={classNames(toolbar.control, style.control)}
        >
          <MicrophoneIcon {...microphone} />
        </button>
        <button
          {...leaveProps}
          aria-label={leaveLabel}
          title={leaveLabel}
          className={classNames(toolbar.control, toolbar.leave, style.control)}
        >
          <PhoneXIcon size={20} />
        </button>
      </div>
    </main>
  );
}
