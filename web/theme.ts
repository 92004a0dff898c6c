import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Shade 8 with white, and 4 on dark, are contrasts that WCAG 2.2 AA asks for; Mantine's defaults are not. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.125rem' }, h2: { fontSize: '0.9375rem' } } },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a626b',
    '--mantine-color-placeholder': '#6b737c',
    '--mantine-color-error': '#b42318',
    '--vigil-line': '#dfe3e8',
    '--vigil-raised': '#ffffff',
    '--vigil-ground': '#f6f7f9',
    '--vigil-hover': '#eef3f9',
    '--vigil-note': '#fff6db',
    '--vigil-note-line': '#e0b93c',
    '--vigil-agent': '#eaf2fc',
    '--vigil-agent-line': '#8fb8e8',
    '--vigil-link': '#1864ab',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb6',
    '--mantine-color-placeholder': '#98a0a9',
    '--mantine-color-error': '#ff9c91',
    '--mantine-color-body': '#16181c',
    '--vigil-line': '#33383f',
    '--vigil-raised': '#1d2025',
    '--vigil-ground': '#16181c',
    '--vigil-hover': '#252a31',
    '--vigil-note': '#332c14',
    '--vigil-note-line': '#8f7420',
    '--vigil-agent': '#17283c',
    '--vigil-agent-line': '#2f5b8c',
    '--vigil-link': '#74b4f3',
  },
});
