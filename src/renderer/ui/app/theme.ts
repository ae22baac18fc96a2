import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';

/** Mantine in the terms of tokens.css: the components know meanings, not colours. */

const meanings = ['brand', 'ready', 'wrap-up', 'not-ready', 'danger'];

const variantColorResolver: VariantColorsResolver = (input) => {
  const color = input.color ?? 'brand';
  if (!meanings.includes(color)) return defaultVariantColorsResolver(input);
  const token = (part: string): string => `var(--rs-${color}-${part})`;
  switch (input.variant) {
    case 'filled':
      return {
        background: token('solid'),
        hover: token('hover'),
        color: '#fff',
        border: '1px solid transparent',
      };
    case 'light':
      return {
        background: token('tint'),
        hover: token('line'),
        color: token('text'),
        border: '1px solid transparent',
      };
    case 'outline':
      return {
        background: 'transparent',
        hover: token('tint'),
        color: token('text'),
        border: `1px solid ${token('line')}`,
      };
    case 'subtle':
      return {
        background: 'transparent',
        hover: token('tint'),
        color: token('text'),
        border: '1px solid transparent',
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};

const surfaces = {
  '--mantine-color-body': 'var(--rs-surface)',
  '--mantine-color-text': 'var(--rs-ink)',
  '--mantine-color-dimmed': 'var(--rs-muted)',
  '--mantine-color-placeholder': 'var(--rs-faint)',
  '--mantine-color-default': 'var(--rs-surface)',
  '--mantine-color-default-hover': 'var(--rs-hover)',
  '--mantine-color-default-color': 'var(--rs-ink)',
  '--mantine-color-default-border': 'var(--rs-line)',
  '--mantine-color-error': 'var(--rs-danger-text)',
  '--mantine-primary-color-filled': 'var(--rs-brand-solid)',
  '--mantine-primary-color-filled-hover': 'var(--rs-brand-hover)',
  '--mantine-primary-color-light': 'var(--rs-brand-tint)',
  '--mantine-primary-color-light-hover': 'var(--rs-brand-line)',
  '--mantine-primary-color-light-color': 'var(--rs-brand-text)',
  '--mantine-color-disabled': 'var(--rs-hover)',
  '--mantine-color-disabled-color': 'var(--rs-faint)',
  '--mantine-color-disabled-border': 'var(--rs-line)',
  '--mantine-color-anchor': 'var(--rs-brand-text)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: surfaces,
  dark: surfaces,
});

export const theme = createTheme({
  fontFamily: 'var(--rs-font)',
  fontSizes: {
    xs: 'var(--rs-type-caption)',
    sm: 'var(--rs-type-small)',
    md: 'var(--rs-type-body)',
    lg: 'var(--rs-type-lead)',
    xl: 'var(--rs-type-title)',
  },
  spacing: {
    xs: 'var(--rs-space-1)',
    sm: 'var(--rs-space-2)',
    md: 'var(--rs-space-4)',
    lg: 'var(--rs-space-5)',
    xl: 'var(--rs-space-6)',
  },
  radius: {
    xs: '4px',
    sm: 'var(--rs-radius-small)',
    md: 'var(--rs-radius)',
    lg: 'var(--rs-radius-large)',
    xl: '20px',
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: { defaultProps: { color: 'brand', size: 'sm' } },
    ActionIcon: { defaultProps: { color: 'not-ready', variant: 'subtle' } },
    Tooltip: {
      defaultProps: { openDelay: 350, transitionProps: { duration: 100 }, withArrow: false },
    },
    Menu: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'none' } },
    Popover: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'none' } },
    TextInput: { defaultProps: { size: 'sm' } },
  },
});
