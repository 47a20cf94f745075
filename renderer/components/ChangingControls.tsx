import { useLayoutEffect, useRef, type ReactNode } from 'react';

interface ChangingControlsProps {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/**
 * Controls that give their place to their opposite: Start to Stop, Measure to Cancel. The second click of a double click
 * must not hit that one, nor may a second Enter: when a control goes that had the focus, the group has it.
 */
export function ChangingControls({ label, className, children }: ChangingControlsProps) {
  const group = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);

  // What goes takes the focus along without a blur.
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) group.current?.focus();
  });

  return (
    <div
      ref={group}
      role="group"
      aria-label={label}
      tabIndex={-1}
      className={className}
      onFocus={() => {
        hadFocus.current = true;
      }}
      onBlur={() => {
        hadFocus.current = false;
      }}
      onClickCapture={(event) => {
        if (event.detail > 1) event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}
