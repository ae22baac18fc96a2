import { useAnnouncements } from '../state/announcement-store.ts';

/** Speaks to screen readers; there from the first frame, since regions that appear with their text are not read. */
export const Announcer = () => {
  const { polite, urgent } = useAnnouncements();
  return (
    <div className="rs-hidden">
      <div role="status">{polite}</div>
      <div role="alert">{urgent}</div>
    </div>
  );
};
