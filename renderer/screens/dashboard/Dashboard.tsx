import { ConnectionCard } from './ConnectionCard.tsx';
import styles from './Dashboard.module.css';
import { HashrateCard } from './HashrateCard.tsx';
import { MemoryCard } from './MemoryCard.tsx';
import { Preparing } from './Preparing.tsx';
import { SharesCard } from './SharesCard.tsx';
import { ThreadsCard } from './ThreadsCard.tsx';
import { Trouble } from './Trouble.tsx';

export function Dashboard() {
  return (
    <div className={styles.dashboard}>
      <Trouble />
      <Preparing />
      <HashrateCard />
      <div className={styles.columns}>
        <SharesCard />
        <ConnectionCard />
        <ThreadsCard />
        <MemoryCard />
      </div>
    </div>
  );
}
