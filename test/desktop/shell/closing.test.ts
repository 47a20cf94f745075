import { describe, expect, it } from 'vitest';
import { CloseQuestion, onClosePressed } from '../../../electron/desktop/shell/closing.ts';
import { FakeClock } from '../../support/fakeClock.ts';

it('asks until the user has chosen', () => {
  expect(onClosePressed('ask', true)).toBe('ask');
  expect(onClosePressed('ask', false)).toBe('ask');
});

it('does what was chosen', () => {
  expect(onClosePressed('quit', true)).toBe('quit');
  expect(onClosePressed('quit', false)).toBe('quit');
  expect(onClosePressed('background', true)).toBe('hide');
});

it('never hides where no tray could bring the window back', () => {
  expect(onClosePressed('background', false)).toBe('ask');
});

describe('who asks what the X means', () => {
  it('is the page, also when it is pressed again at once', () => {
    const question = new CloseQuestion(new FakeClock());
    expect([question.whoAsks(false), question.whoAsks(false)]).toEqual(['page', 'page']);
  });

  it('is the system where the page crashed, or has not answered for a while', () => {
    const clock = new FakeClock();
    const question = new CloseQuestion(clock);
    expect(question.whoAsks(true)).toBe('system');
    question.answered();
    expect(question.whoAsks(false)).toBe('page');
    clock.advance(6000);
    expect(question.whoAsks(false)).toBe('system');
    question.answered();
    expect(question.whoAsks(false)).toBe('page');
  });
});
