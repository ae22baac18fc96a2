import type { SipEdge } from '../shared/api/routes.ts';
import type { Result } from '../shared/result.ts';
import { failure, success } from '../shared/result.ts';

const largest = 65_535;
const mostEdges = 16;

const numberOf = (text: string | null, otherwise: number): number | null => {
  if (text === null) return otherwise;
  return /^\d{1,5}$/u.test(text) && Number(text) <= largest ? Number(text) : null;
};

/** Its options stand in the fragment, which a WebSocket address never has (RFC 6455 §3). */
const readEdge = (text: string, position: number): SipEdge | null => {
  const url = URL.parse(text);
  if (url === null || !['ws:', 'wss:'].includes(url.protocol)) return null;
  const options = new URLSearchParams(url.hash.slice(1));
  const priority = numberOf(options.get('priority'), position);
  const weight = numberOf(options.get('weight'), 1);
  if (priority === null || weight === null) return null;
  return { url: text.replace(/#.*$/u, ''), priority, weight };
};

/**
 * The ways to the PBX: `wss://a/ws, wss://b/ws`, the best first. `#priority=0&weight=3` behind an address says otherwise,
 * as RFC 2782 means it.
 */
export const readSipEdges = (text: string): Result<readonly SipEdge[], string> => {
  const parts = text.split(/[\s,]+/u).filter((part) => part !== '');
  if (parts.length === 0) return failure('is missing: expected an address such as wss://host/ws');
  if (parts.length > mostEdges) return failure(`lists more than ${mostEdges} addresses`);
  const edges: SipEdge[] = [];
  for (const [position, part] of parts.entries()) {
    const edge = readEdge(part, position);
    // The value may hold a secret: it is never repeated.
    if (edge === null) {
      return failure(
        `is wrong at address ${position + 1}: expected ws:// or wss://, ` +
          'with #priority=0&weight=1 (0 to 65535 each) behind it at most',
      );
    }
    edges.push(edge);
  }
  return success(edges);
};
