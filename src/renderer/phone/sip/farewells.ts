/** Timer F (RFC 3261 §17.1.2): a PBX that is there answers sooner. */
const answerWithinMs = 32_000;

const statusLine = /^SIP\/2\.0 (\d{3})/u;
const callIdHeader = /^(?:call-id|i)\s*:\s*([^\r\n]+?)\s*$/imu;
const sequenceMethod = /^cseq\s*:\s*\d+\s+([A-Z]+)/imu;

/** Whether this message shows that the PBX knows of a hang-up. */
const acknowledges = (message: string): boolean => {
  const status = Number(statusLine.exec(message)?.[1] ?? 0);
  switch (sequenceMethod.exec(message)?.[1]) {
    case 'BYE':
      // A challenge is answered, and the answer to that counts.
      return status >= 200 && status !== 401 && status !== 407;
    case 'INVITE':
      return status === 487;
    default:
      return false;
  }
};

export type Farewells = {
  /** We hung up while the PBX was out of reach; `onHeard` is called once it knows, or must have given up itself. */
  readonly expect: (sipCallId: string, onHeard: () => void) => void;
  readonly take: (message: string) => void;
  readonly linkUp: () => void;
  /** Nothing more will be said. */
  readonly close: () => void;
};

/** Hang-ups that wait for the line to come back. */
export const createFarewells = (): Farewells => {
  const waiting = new Map<string, () => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const heard = (sipCallId: string) => {
    const onHeard = waiting.get(sipCallId);
    waiting.delete(sipCallId);
    onHeard?.();
  };
  const allHeard = () => {
    for (const sipCallId of [...waiting.keys()]) heard(sipCallId);
  };

  return {
    expect: (sipCallId, onHeard) => {
      waiting.set(sipCallId, onHeard);
    },
    take: (message) => {
      if (waiting.size === 0 || !acknowledges(message)) return;
      heard(callIdHeader.exec(message)?.[1] ?? '');
    },
    linkUp: () => {
      clearTimeout(timer);
      if (waiting.size > 0) timer = setTimeout(allHeard, answerWithinMs);
    },
    close: () => {
      clearTimeout(timer);
      allHeard();
    },
  };
};
