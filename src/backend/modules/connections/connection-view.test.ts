import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/connectors.ts';
import { connectorView } from './connection-view.ts';

describe('a system that can be connected', () => {
  it.each(connectors.map((connector) => [connector.id, connector] as const))(
    '%s says what it can do before anything is filled in',
    (_, connector) => {
      expect(connectorView(connector).capabilities).not.toEqual([]);
    },
  );

  it.each([
    ['zendesk', 'sign_in'],
    ['intercom', 'secret'],
    ['generic-http', 'secret'],
  ] as const)('%s is connected with %s', (id, authentication) => {
    const connector = connectors.find((each) => each.id === id);
    expect(connector && connectorView(connector).authentication).toBe(authentication);
  });
});
