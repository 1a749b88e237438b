'use client';

import { displayNameSchema, limits } from '@parley/call-protocol';
import { type FormEvent, useRef, useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { Button, Problem } from '../../_ui/button';
import { Name, Username } from '../../_ui/name';
import { TextArea, TextField } from '../../_ui/text-field';
import { charactersOver } from '../../_ui/too-long';
import { api } from '../_store/api';
import { useSelf } from '../_store/hooks';
import { useAttempt } from '../_store/use-attempt';
import { Section } from './line';
import css from './settings.module.css';

const pictureBytes = 5 * 1024 * 1024;

/** Picture, display name and about text of the viewer's profile. */
export function ProfileSection() {
  const t = useText();
  const self = useSelf();
  if (!self) return null;
  return (
    <Section id="profile" title={t('settings.profile')}>
      <Picture />
      <Words key={self.id} displayName={self.displayName} about={self.about} />
    </Section>
  );
}

function Picture() {
  const t = useText();
  const self = useSelf();
  const file = useRef<HTMLInputElement>(null);
  const { busy, problem, setProblem, attempt } = useAttempt<'upload'>();
  if (!self) return null;
  const upload = async (picture: File | undefined) => {
    if (!picture) return;
    if (picture.size > pictureBytes) return setProblem(t('settings.pictureTooLarge'));
    await attempt('upload', () => api.uploadAvatar(picture));
  };
  return (
    <div className={css.block}>
      <div className={css.row}>
        <Avatar person={self} size={72} />
        <span className={css.person}>
          <span>
            <Name>{self.displayName}</Name>
            <small>
              <Username>{self.username}</Username>
            </small>
          </span>
        </span>
        <input
          ref={file}
          hidden
          type="file"
          aria-label={t('settings.picture')}
          accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
          onChange={(event) => {
            void upload(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <Button isBusy={busy !== null} onClick={() => file.current?.click()}>
          {t(self.avatarUrl ? 'settings.changePicture' : 'settings.uploadPicture')}
        </Button>
      </div>
      <Problem>{problem}</Problem>
    </div>
  );
}

function Words({ displayName, about }: { displayName: string; about: string }) {
  const t = useText();
  const [name, setName] = useState(displayName);
  const [words, setWords] = useState(about);
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const isChanged = name.trim() !== displayName || words.trim() !== about;
  const isTooLong = charactersOver(name, limits.displayName) + charactersOver(words, limits.about) > 0;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!displayNameSchema.safeParse(name).success) return setProblem(t('settings.typeName'));
    setState('busy');
    setProblem(null);
    try {
      await api.changeMe({ displayName: name.trim(), about: words.trim() });
      setState('saved');
    } catch (error) {
      setProblem(sentenceOf(t, error));
      setState('idle');
    }
  };
  return (
    <form
      method="post"
      className={`${css.block} ${css.line}`}
      style={{ alignItems: 'stretch' }}
      onSubmit={(event) => void save(event)}
    >
      <TextField
        label={t('settings.displayName')}
        limit={limits.displayName}
        autoComplete="nickname"
        value={name}
        onText={(text) => {
          setName(text);
          setState('idle');
        }}
      />
      <TextArea
        label={t('settings.about')}
        limit={limits.about}
        rows={3}
        placeholder={t('settings.aboutHelp')}
        value={words}
        onText={(text) => {
          setWords(text);
          setState('idle');
        }}
      />
      <Problem>{problem}</Problem>
      <div className={css.row}>
        <Button type="submit" tone="primary" isBusy={state === 'busy'} disabled={!isChanged || isTooLong}>
          {t('settings.saveProfile')}
        </Button>
        <span className={css.saved} role="status">
          {state === 'saved' && !isChanged ? t('settings.saved') : ''}
        </span>
      </div>
    </form>
  );
}
