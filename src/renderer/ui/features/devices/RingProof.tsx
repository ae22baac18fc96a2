import { useState } from 'react';
import { useDesk } from '../../bridge/desk-store.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { RingTest } from './RingTest.tsx';
import styles from './RingTest.module.css';
import { useRingTest } from './ring-test.ts';

/** A shift, with what comes before and after it. */
const provenForMs = 12 * 3_600_000;

/** At the start of a shift, and at a ringer that nobody has heard yet: will a call be heard here? */
export const RingProof = () => {
  const proof = useDesk((desk) => desk.settings.ringProof);
  const ringer = usePhone((phone) => phone?.devices.inUse?.ringer?.label ?? null);
  const { state } = useRingTest();
  // The desk comes back to this place after each call: soon enough to ask again.
  const [now] = useState(() => Date.now());
  // No word of the phone's devices yet.
  if (ringer === null) return null;
  const isProven = proof?.heard === true && proof.ringer === ringer && now - proof.at < provenForMs;
  if (isProven && state === 'idle') return null;
  return (
    <div className={styles['card']}>
      <RingTest />
    </div>
  );
};
