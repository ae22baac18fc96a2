/** The ring of a ringing phone, seen from the side of it. */
export const BrandMark = ({ size = 24 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" fill="var(--rs-brand-solid)" />
    <circle cx="11" cy="16" r="3.1" fill="#fff" />
    <path
      d="M15.6 9.6a8 8 0 0 1 0 12.8M20 6.2a13.4 13.4 0 0 1 0 19.6"
      fill="none"
      stroke="#fff"
      strokeWidth="2.5"
      strokeLinecap="round"
    />
  </svg>
);
