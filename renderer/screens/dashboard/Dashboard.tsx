import { ConnectionCard } from './ConnectionCard.tsx';
import styles from './Dashboard.module.css';
import { HashrateCard } from './HashrateCard.tsx';
import { MemoryCard } from './MemoryCard.tsx';
import { MoneyCard } from './money/MoneyCard.tsx';
import { Preparing } from './Preparing.tsx';
import { SharesCard } from './SharesCard.tsx';
import { ThreadsCard } from './ThreadsCard.tsx';

/** What people look for: it fills the window, and no more where it can be helped. */
export function Dashboard() {
  return (
    <div className={styles.dashboard}>
      <Preparing />
      <HashrateCard />
      <div className={styles.columns}>
        <SharesCard />
        <ConnectionCard />
      </div>
    </div>
  );
}

/** What is below the first sight of the dashboard. */
export function DashboardDetails() {
  return (
    <div className={styles.below}>
      <MoneyCard />
      <div className={styles.columns} data-tour="machine">
        <ThreadsCard />
        <MemoryCard />
      </div>
    </div>
  );
}
