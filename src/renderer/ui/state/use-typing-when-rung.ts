import { useState } from 'react';

/** Whether the caret is in a text field of this part of the page. */
const isTypingIn = (placeId: string): boolean => {
  const { activeElement } = document;
  return (
    activeElement !== null &&
    /^(?:INPUT|TEXTAREA)$/u.test(activeElement.tagName) &&
    activeElement.closest(`#${placeId}`) !== null
  );
};

/**
 * Whether the agent was typing in this part of the page when this call began to ring. What is typed then stays where it
 * is, with the caret in it, for as long as the call rings.
 */
export const useTypingWhenRung = (placeId: string, ringingCallId: string | null): boolean => {
  const [seen, setSeen] = useState({ callId: ringingCallId, typing: false });
  if (seen.callId === ringingCallId) return seen.typing;
  const now = { callId: ringingCallId, typing: ringingCallId !== null && isTypingIn(placeId) };
  setSeen(now);
  return now.typing;
};
