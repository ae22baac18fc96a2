import { create } from 'zustand';
import { onTested } from '../../bridge/device-reports.ts';
import { order } from '../../state/orders.ts';

type RingTestState = 'idle' | 'playing' | 'played' | 'failed';

/** One test for the whole desk: begun by key on one page, it may be answered on another. */
const useStore = create<{ readonly state: RingTestState }>(() => ({ state: 'idle' }));

/** Rings once as a call would. */
export const playRing = (): void => {
  if (useStore.getState().state === 'playing') return;
  const id = crypto.randomUUID();
  useStore.setState({ state: 'playing' });
  onTested(id, (played) => {
    useStore.setState({ state: played ? 'played' : 'failed' });
  });
  const test = { kind: 'test', id, sound: 'ring', deviceId: null } as const;
  void order('devices.order', test).then((answer) => {
    if (!answer.ok) useStore.setState({ state: 'failed' });
  });
};

const answerRing = (heard: boolean): void => {
  useStore.setState({ state: 'idle' });
  void order('devices.ringHeard', { heard });
};

export const useRingTest = () => ({
  state: useStore(({ state }) => state),
  play: playRing,
  answer: answerRing,
});
