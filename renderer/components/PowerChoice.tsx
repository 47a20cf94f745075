import Cpu from 'lucide-react/icons/cpu';
import { useTranslation } from 'react-i18next';
import type { SystemReport } from '../../electron/contract/ipc.ts';
import type { PowerProfile, Settings } from '../../electron/contract/settings.ts';
import { useReady } from '../store/StoreContext.tsx';
import styles from './PowerChoice.module.css';
import { RadioCards } from './RadioCards.tsx';

interface PowerChoiceProps {
  readonly power: Settings['power'];
  readonly onChange: (profile: PowerProfile) => void;
  readonly custom?: boolean;
}

const profiles = ['quiet', 'balanced', 'full', 'custom'] as const;

/** Quiet, Balanced, Full and, where offered, a number of threads of one's own. */
export function PowerChoice({ power, onChange, custom = false }: PowerChoiceProps) {
  const { t } = useTranslation();
  const { system } = useReady();
  return (
    <div className={styles.choice}>
      <p className={styles.cpu}>
        <Cpu aria-hidden />
        {t('power.cpu', { model: system.cpuModel, available: system.logicalCpus })}
      </p>
      <RadioCards
        label={t('power.profiles')}
        value={power.profile}
        onChange={onChange}
        options={profiles
          .filter((profile) => custom || profile !== 'custom')
          .map((profile) => ({
            value: profile,
            label: t(`power.${profile}`),
            hint: t(`power.${profile}Hint`),
            aside: t('power.threads', {
              count: threadsOf({ ...power, profile }, system),
            }),
          }))}
      />
    </div>
  );
}

/** Hashing threads that a power setting means on this computer. */
export function threadsOf(power: Settings['power'], system: SystemReport): number {
  return power.profile === 'custom'
    ? (power.threads ?? system.recommendedThreads.balanced)
    : system.recommendedThreads[power.profile];
}
