import Check from 'lucide-react/icons/check';
import ExternalLink from 'lucide-react/icons/external-link';
import { Mark } from '../../app/Mark.tsx';
import { Badge } from '../../components/Badge.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Line, Lines } from '../../components/Figure.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import styles from './About.module.css';
import { ConnectionsCard } from './ConnectionsCard.tsx';
import { FilesCard } from './FilesCard.tsx';
import { UninstallCard } from './UninstallCard.tsx';
import { works } from './works.ts';
import { useText } from '../../text.ts';

const rules = [
  'start',
  'visible',
  'fee',
  'practice',
  'rights',
  'system',
  'updates',
  'quit',
  'privacy',
] as const;
const links = ['howMiningWorks', 'hugePages', 'getWallet', 'source'] as const;

export function About() {
  const { t } = useText();
  const { info } = useReady();
  const run = useApp((state) => state.run);
  const showTour = useApp((state) => state.showTour);
  return (
    <>
      <div className={styles.head}>
        <Mark />
        <div>
          <p className={styles.name}>
            {t('app.name')} <Badge tone="good">{t('about.fee')}</Badge>
          </p>
          <p className={styles.quiet}>
            {t('about.version', { version: info.version })} · {t('about.lead')}
          </p>
        </div>
      </div>
      <Card title={t('about.trust')}>
        <ul className={styles.rules}>
          {rules.map((rule) => (
            <li key={rule}>
              <Check aria-hidden />
              {t(`about.rules.${rule}`)}
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('about.versions')}>
        {!info.electronIsSupported && (
          <Notice tone="caution">{t('about.oldElectron', { version: info.electron })}</Notice>
        )}
        <Lines>
          <Line name={t('about.application')}>{info.version}</Line>
          <Line name={t('about.electron')}>{info.electron}</Line>
          <Line name={t('about.chrome')}>{info.chrome}</Line>
          <Line name={t('about.node')}>{info.node}</Line>
          <Line name={t('about.platform')}>{info.platform}</Line>
          <Line name={t('about.library')}>
            {info.librarySha256 === null ? (
              t('about.libraryNone')
            ) : (
              <code>{info.librarySha256}</code>
            )}
          </Line>
          <Line name={t('about.settingsFolder')}>
            <code>{info.settingsFolder}</code>
          </Line>
        </Lines>
      </Card>
      <ConnectionsCard />
      <FilesCard />
      <Card title={t('about.links')}>
        <div className={styles.links}>
          <Button onClick={() => void showTour()}>{t('tour.show')}</Button>
          {links.map((id) => (
            <Button key={id} onClick={() => void run((bridge) => bridge.link.open({ id }))}>
              <ExternalLink aria-hidden />
              {t(`about.${id}`)}
            </Button>
          ))}
        </div>
      </Card>
      <UninstallCard />
      <Card title={t('about.licences')}>
        <p>{t('about.licence')}</p>
        <p className={styles.quiet}>{t('about.builtWith')}</p>
        <ul className={styles.works}>
          {works.map(({ name, licence }) => (
            <li key={name}>
              {name} <span className={styles.quiet}>{licence}</span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
