import { describe, expect, test } from 'vitest';
import {
  downAfter,
  gateAfterFailure,
  gateAfterSuccess,
  howItFailed,
  mostAtOnce,
  openGate,
  placesOf,
  releasedGate,
  type Gate,
  type GateFailure,
} from './gate.ts';

const away: GateFailure = {
  ...{ kind: 'unavailable', isPassing: true, mayBeDone: false },
  ...{ deed: 'call_log', isAboutRecord: false },
};
const after = (gate: Gate, failure: GateFailure, at = 1_000): Gate =>
  gateAfterFailure(gate, failure, { at, random: 0.5 });

describe('a connection', () => {
  test('that fails now and then takes as much as ever', () => {
    let gate = openGate;
    for (let count = 1; count < downAfter; count += 1) gate = after(gate, away);
    expect(placesOf(gate, 1_000, 0)).toBe(mostAtOnce);
    expect(placesOf(gate, 1_000, 3)).toBe(1);
    expect(gateAfterSuccess(gate)).toEqual(openGate);
  });

  test('that is down is tried by one, at longer and longer intervals', () => {
    let gate = openGate;
    const waits: number[] = [];
    for (let count = 0; count < 14; count += 1) {
      gate = after(gate, away);
      waits.push(gate.closedUntil - 1_000);
    }
    expect(waits.slice(0, downAfter - 1)).toEqual([0, 0]);
    const probes = waits.slice(downAfter - 1);
    expect(probes).toEqual([...probes].sort((a, b) => a - b));
    expect(probes.at(-1)).toBeLessThanOrEqual(300_000);
    expect(placesOf(gate, gate.closedUntil - 1, 0)).toBe(0);
    expect(placesOf(gate, gate.closedUntil, 0)).toBe(1);
    expect(placesOf(gate, gate.closedUntil, 1)).toBe(0);
  });

  test('that asks for time gets it at the first word', () => {
    const told: GateFailure = { ...away, kind: 'rate_limited', retryAfterMs: 30_000 };
    expect(placesOf(after(openGate, told), 30_999, 0)).toBe(0);
    expect(placesOf(after(openGate, told), 31_000, 0)).toBe(mostAtOnce);
    const { retryAfterMs: _, ...untold } = told;
    expect(placesOf(after(openGate, untold), 1_001, 0)).toBe(0);
  });

  test('whose account has to be put right gets nothing, one that lacks a right nothing that needs it', () => {
    const auth: GateFailure = { ...away, kind: 'auth', isPassing: false };
    expect(after(openGate, auth).held).toHaveLength(4);
    expect(howItFailed(auth).how).toBe('held');
    const forbidden: GateFailure = { ...auth, kind: 'forbidden' };
    expect(after(openGate, forbidden).held).toEqual(['call_log']);
    const note: GateFailure = { ...forbidden, deed: 'ticket_note', isAboutRecord: true };
    expect(after(openGate, note).held).toEqual([]);
    expect(howItFailed(note).how).toBe('lasting');
    expect(placesOf(releasedGate, 0, 0)).toBe(1);
  });

  test('that refuses one thing in earnest is not down', () => {
    const refused: GateFailure = { ...away, kind: 'validation', isPassing: false };
    expect(after({ ...openGate, failures: 9, closedUntil: 500 }, refused)).toEqual(openGate);
    expect(howItFailed(refused)).toEqual({ how: 'lasting', mayBeDone: false });
  });
});
