/** The phone's binding at the registrar (RFC 3261 §10). Never claims what was not confirmed. */
export type Registration =
  | { readonly state: 'unregistered' }
  | { readonly state: 'registering' }
  | { readonly state: 'registered'; readonly since: number }
  | {
      readonly state: 'failed';
      readonly why: RegistrationFailure;
      /** SIP status, where one was received. */
      readonly sipCode: number | null;
      /** Epoch ms (this machine's clock) of the next try; null when nobody will try again by itself. */
      readonly retryAt: number | null;
    };

export type RegistrationFailure =
  | 'pbx_unreachable'
  | 'credentials_refused'
  /** The PBX's answer lists no binding of ours. */
  | 'binding_missing'
  | 'pbx_error';
