import { backOffMs } from '../../shared/back-off.ts';
import type { SipAccount } from '../../shared/api/routes.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('sip-account');
const renewBeforeMs = 10 * 60_000;
const soonestRenewalMs = 60_000;
const retryLimits = { firstMs: 2_000, longestMs: 30_000 };
// setTimeout counts in 32 bits; a shift is shorter.
const longestTimerMs = 24 * 3_600_000;

/** The host of an address such as `sip:1001@domain:5060`; null: it has none. */
export const sipDomainOf = (uri: string): string | null =>
  /@([^@;?]+?)(?::\d+)?(?:[;?]|$)/u.exec(uri)?.[1] ?? null;

export type AccountPorts = {
  /** A fresh secret, or why there is none. */
  readonly fetchAccount: () => Promise<Result<SipAccount, Refusal>>;
  readonly onChange: (account: SipAccount | null) => void;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly random: () => number;
};

/** The phone's account for the length of a session: in memory only, renewed in time, asked for again when refused. */
export type SipAccountKeeper = {
  readonly current: () => SipAccount | null;
  /** `wanted` false: this user has no phone. */
  readonly start: (account: SipAccount | null, wanted: boolean) => void;
  /** The PBX did not take the secret. */
  readonly refused: () => void;
  readonly stop: () => void;
};

export const createSipAccountKeeper = (ports: AccountPorts): SipAccountKeeper => {
  let attempt = 0;
  let account: SipAccount | null = null;
  let session = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const later = (delayMs: number, work: () => void): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(work, Math.min(delayMs, longestTimerMs));
  };

  const fetchLater = (): void => {
    later(500 + backOffMs(attempt, retryLimits, ports.random()), fetchNow);
    attempt += 1;
  };

  const use = (next: SipAccount): void => {
    account = next;
    ports.onChange(next);
    later(Math.max(soonestRenewalMs, next.expiresAt - ports.now() - renewBeforeMs), fetchNow);
  };

  const fetchNow = (): void => {
    const mine = session;
    void ports.fetchAccount().then((fetched) => {
      if (mine !== session) return;
      if (fetched.ok) {
        use(fetched.value);
        return;
      }
      log.warn('No phone account', { code: fetched.why.code, why: fetched.why.detail });
      fetchLater();
    });
  };

  return {
    current: () => account,
    start: (first, wanted) => {
      session += 1;
      attempt = 0;
      if (first !== null) use(first);
      else if (wanted) fetchLater();
    },
    refused: () => {
      if (account === null) return;
      log.warn('The PBX refused the phone account; another is asked for');
      fetchLater();
    },
    stop: () => {
      session += 1;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (account === null) return;
      account = null;
      ports.onChange(null);
    },
  };
};
