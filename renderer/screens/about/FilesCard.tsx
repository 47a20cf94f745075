import { useState } from 'react';
import type { OwnFiles } from '../../../electron/contract/release.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './About.module.css';

/** Compares the app's files with the signed list that came with them. */
export function FilesCard() {
  const { t } = useText();
  const ask = useApp((state) => state.ask);
  const [files, setFiles] = useState<OwnFiles | 'comparing' | null>(null);

  async function compare() {
    setFiles('comparing');
    setFiles(await ask((bridge) => bridge.release.compareOwnFiles()));
  }

  const isComparing = files === 'comparing';
  return (
    <Card title={t('about.files')}>
      <p className={styles.quiet}>{t('about.filesHint')}</p>
      <div>
        <Button disabled={isComparing} onClick={() => void compare()}>
          {t(isComparing ? 'about.filesComparing' : 'about.filesCompare')}
        </Button>
      </div>
      {files !== null && files !== 'comparing' && <Outcome files={files} />}
    </Card>
  );
}

function Outcome({ files }: { readonly files: OwnFiles }) {
  const { t, sentence } = useText();
  switch (files.state) {
    case 'unsigned':
      return <Notice tone="info">{t('about.filesUnsigned')}</Notice>;
    case 'refused':
      return (
        <Notice tone="danger" alert>
          {sentence(files.problem)}
        </Notice>
      );
    case 'compared':
      return (
        <>
          <Compared files={files} />
          <Notice
            tone="info"
            actions={<CopyButton label={t('control.copyCommand')} text={() => files.command} />}
          >
            {t('about.filesOutside')} <code>{files.command}</code>
          </Notice>
        </>
      );
  }
}

function Compared({ files }: { readonly files: Extract<OwnFiles, { state: 'compared' }> }) {
  const { t, language } = useText();
  const { changed, missing, added } = files;
  const list = new Intl.ListFormat(language, { style: 'narrow' });
  if (changed.length + missing.length + added.length === 0) {
    return (
      <Notice tone="good">
        {t('about.filesSame', { count: files.same, signedAs: files.signedAs })}
      </Notice>
    );
  }
  return (
    <Notice tone="danger" alert title={t('about.filesDiffer')}>
      {changed.length > 0 && <p>{t('about.filesChanged', { files: list.format(changed) })}</p>}
      {missing.length > 0 && <p>{t('about.filesMissing', { files: list.format(missing) })}</p>}
      {added.length > 0 && <p>{t('about.filesAdded', { files: list.format(added) })}</p>}
    </Notice>
  );
}
