/**
 * JsSIP as this folder uses it, its inner parts included: the published types lack half of what is needed here and
 * depend on packages that are not installed. Checked against jssip 3.13.8.
 */

declare module 'jssip' {
  import type RTCSession from 'jssip/lib/RTCSession.js';

  export const debug: { disable(): void };

  export interface SipUri {
    readonly scheme: string;
    readonly user: string | null;
    readonly host: string;
    toString(): string;
  }

  interface IncomingMessage {
    readonly method: string;
    readonly body: string | null;
    readonly call_id: string;
    readonly cseq: number;
    readonly from_tag: string | null;
    readonly to_tag: string | null;
    getHeader(name: string): string | undefined;
    getHeaders(name: string): string[];
    hasHeader(name: string): boolean;
  }

  export interface IncomingRequest extends IncomingMessage {
    readonly ruri: SipUri | null | undefined;
    reply(code: number, reason?: string | null, headers?: readonly string[]): void;
    /** Stateless. */
    reply_sl(code: number, reason?: string): void;
  }

  export interface IncomingResponse extends IncomingMessage {
    readonly status_code: number;
  }

  export interface SocketPort {
    readonly url: string;
    readonly via_transport: string;
    readonly sip_uri: string;
    connect(): void;
    disconnect(): void;
    send(message: string): boolean;
    isConnected(): boolean;
    isConnecting(): boolean;
    onconnect(): void;
    ondisconnect(error: boolean, code?: number, reason?: string): void;
    ondata(message: string): void;
  }

  /** Used by the bare page of the benchmark alone. */
  export class WebSocketInterface {
    constructor(url: string);
    readonly url: string;
  }

  export class UA {
    constructor(configuration: {
      sockets: SocketPort;
      uri: string;
      authorization_user: string;
      password: string;
      register: boolean;
      instance_id: string;
      user_agent: string;
      no_answer_timeout: number;
      session_timers: boolean;
      session_timers_refresh_method: 'INVITE' | 'UPDATE';
    });
    readonly configuration: {
      readonly uri: SipUri;
      readonly registrar_server: SipUri;
      readonly instance_id: string;
      password: string | null;
      ha1: string | null;
    };
    readonly contact: { readonly uri: SipUri; toString(): string };
    start(): void;
    stop(): void;
    receiveRequest(request: IncomingRequest): void;
    on(
      event: 'newRTCSession',
      listener: (event: {
        originator: 'local' | 'remote';
        session: RTCSession;
        request: IncomingRequest;
      }) => void,
    ): this;
  }
}

declare module 'jssip/lib/SIPMessage.js' {
  import type { SipUri, UA } from 'jssip';

  export class OutgoingRequest {
    readonly method: string;
    constructor(
      method: string,
      uri: SipUri,
      ua: UA,
      parameters: {
        to_uri?: SipUri;
        from_tag?: string;
        to_tag?: string;
        call_id?: string;
        cseq?: number;
        route_set?: readonly string[];
      },
      headers?: readonly string[],
    );
    cseq: number;
    extraHeaders: readonly string[];
    readonly headers: Record<string, readonly string[]>;
    readonly call_id: string;
    setHeader(name: string, value: string): void;
    clone(): this;
  }
}

declare module 'jssip/lib/URI.js' {
  import type { SipUri } from 'jssip';

  const URI: { parse(text: string): SipUri | undefined };
  export = URI;
}

declare module 'jssip/lib/RequestSender.js' {
  import type { IncomingResponse, UA } from 'jssip';
  import type { OutgoingRequest } from 'jssip/lib/SIPMessage.js';

  class RequestSender {
    constructor(
      ua: UA,
      request: OutgoingRequest,
      handlers: {
        onReceiveResponse(response: IncomingResponse): void;
        onRequestTimeout(): void;
        onTransportError(): void;
        onAuthenticated?(request: OutgoingRequest): void;
      },
    );
    send(): void;
  }
  export = RequestSender;
}

declare module 'jssip/lib/RTCSession.js' {
  import type { IncomingRequest, IncomingResponse, UA } from 'jssip';
  import type { OutgoingRequest } from 'jssip/lib/SIPMessage.js';

  namespace RTCSession {
    type Originator = 'local' | 'remote' | 'system';
    type End = {
      readonly originator: Originator;
      readonly message: IncomingRequest | IncomingResponse | null;
      readonly cause: string;
    };
    type Events = {
      progress: { readonly originator: Originator; readonly response: IncomingResponse | null };
      accepted: { readonly originator: Originator };
      confirmed: { readonly originator: Originator };
      hold: { readonly originator: Originator };
      unhold: { readonly originator: Originator };
      ended: End;
      failed: End;
      icecandidate: { readonly candidate: RTCIceCandidate; readonly ready: () => void };
    };
    type Dialog = {
      readonly id: {
        readonly call_id: string;
        readonly local_tag: string;
        readonly remote_tag: string;
      };
      local_seqnum: number;
      _outgoing_ack_seqnum: number | null;
      uac_pending_reply: boolean;
      readonly uas_pending_reply: boolean;
      sendRequest(method: 'ACK'): void;
      _createRequest(
        method: string,
        headers: readonly string[],
        body: string | null,
      ): OutgoingRequest;
    };
  }

  class RTCSession {
    constructor(ua: UA);
    readonly id: string;
    readonly direction: 'incoming' | 'outgoing';
    readonly contact: string;
    on<Name extends keyof RTCSession.Events>(
      event: Name,
      listener: (event: RTCSession.Events[Name]) => void,
    ): this;
    removeAllListeners(): this;
    isEnded(): boolean;
    connect(
      target: string,
      options: {
        mediaStream: MediaStream;
        mediaConstraints: { audio: boolean; video: boolean };
        sessionTimersExpires: number;
        extraHeaders: readonly string[];
      },
    ): void;
    answer(options: {
      mediaStream: MediaStream;
      mediaConstraints: { audio: boolean; video: boolean };
      sessionTimersExpires: number;
    }): void;
    terminate(options?: {
      status_code?: number;
      reason_phrase?: string;
      extraHeaders?: readonly string[];
    }): void;
    sendRequest(
      method: string,
      options?: {
        extraHeaders?: readonly string[];
        eventHandlers?: {
          onSuccessResponse?(response: IncomingResponse): void;
          onErrorResponse?(response: IncomingResponse): void;
          onDialogError?(response: IncomingResponse): void;
          onRequestTimeout?(): void;
          onTransportError?(): void;
        };
      },
    ): void;
    receiveRequest(request: IncomingRequest): void;
    _ua: UA;
    _dialog: RTCSession.Dialog | null | undefined;
    /** The INVITE that was sent; of a call that came in the one received, of which only this is used. */
    _request: OutgoingRequest | null;
    readonly _is_canceled: boolean;
    _connection: RTCPeerConnection | null;
    _sessionTimers: {
      readonly running: boolean;
      readonly refresher: boolean;
      currentExpires: number | null;
      defaultExpires: number;
    };
    _createRTCConnection(): void;
    _createLocalDescription(type: 'offer' | 'answer', constraints: unknown): Promise<string>;
    _setLocalMediaStatus(): void;
    _toggleMuteAudio(mute: boolean): void;
    _sendReinvite(): void;
    _receiveInviteResponse(response: IncomingResponse): void;
    onRequestTimeout(): void;
    onTransportError(): void;
    _handleSessionTimersInIncomingResponse(response: IncomingResponse): void;
  }
  export = RTCSession;
}
