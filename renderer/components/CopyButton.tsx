import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { useApp } from '../store/StoreContext.tsx';
import { Button } from './Button.tsx';
import { useText } from '../text.ts';

interface CopyButtonProps {
  readonly label: string;
  /** Fetches the text when pressed; null when it could not be had. */
  readonly text: () => string | null | Promise<string | null>;
}

const SAY_COPIED_MS = 2500;
/** As much as the clipboard call takes. */
const LONGEST_TEXT = 100_000;

/** Whole lines from the end, where the newest are. */
function newest(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const end = text.slice(-LONGEST_TEXT);
  return end.slice(end.indexOf('\n') + 1);
}

export function CopyButton({ label, text }: CopyButtonProps) {
  const { t } = useText();
  const run = useApp((state) => state.run);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAY_COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    const value = await text();
    if (value === null) return;
    setCopied(await run((bridge) => bridge.clipboard.write({ text: newest(value) })));
  }

  return (
    <Button onClick={() => void copy()}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {label}
      <span className="visually-hidden" role="status">
        {copied ? t('control.copied') : ''}
      </span>
    </Button>
  );
}
