import { useCallback, useState } from 'react';
import { onTested } from '../../bridge/device-reports.ts';
import { order } from '../../state/orders.ts';

export type TestState = 'idle' | 'playing' | 'played' | 'failed';

/** Plays a sound once and tells what became of it. */
export const useDeviceTest = (sound: 'speaker' | 'ring', deviceId: string | null) => {
  const [state, setState] = useState<TestState>('idle');
  const play = useCallback(async (): Promise<void> => {
    const id = crypto.randomUUID();
    setState('playing');
    onTested(id, (played) => {
      setState(played ? 'played' : 'failed');
    });
    const answer = await order('devices.order', { kind: 'test', id, sound, deviceId });
    if (!answer.ok) setState('failed');
  }, [sound, deviceId]);
  return { state, play };
};
