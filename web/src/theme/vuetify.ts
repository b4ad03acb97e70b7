import 'vuetify/styles/core';
import 'vuetify/styles/utilities';
import '@/theme/base.css';
import { createVuetify, type ThemeDefinition } from 'vuetify';
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg';
import { createVueI18nAdapter } from 'vuetify/locale/adapters/vue-i18n';
import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { i18n } from '@/i18n';
import { preferences } from '@/preferences';

/**
 * Every pair of a colour and its `on-` colour, and every colour on `surface` and `background`, has a contrast of
 * 4.5 : 1 or more (WCAG 2.2 AA). The `heat-` colours are the steps of the calendar, from nothing to everything done.
 */
const light: ThemeDefinition = {
  dark: false,
  colors: {
    background: '#f6f8f6',
    surface: '#ffffff',
    'surface-variant': '#e6ebe8',
    'on-surface-variant': '#3c4641',
    primary: '#0b6e54',
    'on-primary': '#ffffff',
    'primary-soft': '#d8efe6',
    'on-primary-soft': '#06402f',
    secondary: '#8a5200',
    'on-secondary': '#ffffff',
    streak: '#b04a00',
    error: '#b3261e',
    warning: '#8a5200',
    info: '#1f5fa8',
    success: '#0b6e54',
    'heat-0': '#e6ebe8',
    'heat-1': '#bfe6d6',
    'heat-2': '#79c9ab',
    'heat-3': '#2f9e7c',
    'heat-4': '#0b6e54',
    'heat-missed': '#f3c6bf',
    'heat-makeup': '#f0c36a',
    'on-heat-0': '#12201a',
    'on-heat-1': '#12201a',
    'on-heat-2': '#12201a',
    'on-heat-3': '#12201a',
    'on-heat-4': '#ffffff',
    'on-heat-missed': '#12201a',
    'on-heat-makeup': '#12201a',
  },
  variables: {
    'medium-emphasis-opacity': 0.72,
    'border-opacity': 0.14,
  },
};

const dark: ThemeDefinition = {
  dark: true,
  colors: {
    background: '#101513',
    surface: '#19201d',
    // The knobs of switches.
    'surface-bright': '#e6ece9',
    'surface-variant': '#2b3430',
    'on-surface-variant': '#c6d0cb',
    primary: '#6fd8b4',
    'on-primary': '#00382a',
    'primary-soft': '#17483a',
    'on-primary-soft': '#c4f2e1',
    secondary: '#f2bd6b',
    'on-secondary': '#402800',
    streak: '#ffab6b',
    error: '#ffb4ab',
    'on-error': '#690005',
    warning: '#f2bd6b',
    info: '#a5c8ff',
    success: '#6fd8b4',
    'heat-0': '#2b3430',
    'heat-1': '#1d4a3c',
    'heat-2': '#227058',
    'heat-3': '#35a280',
    'heat-4': '#6fd8b4',
    'heat-missed': '#6d3630',
    'heat-makeup': '#c4923a',
    'on-heat-0': '#ffffff',
    'on-heat-1': '#ffffff',
    'on-heat-2': '#ffffff',
    'on-heat-3': '#06140e',
    'on-heat-4': '#06140e',
    'on-heat-missed': '#ffffff',
    'on-heat-makeup': '#06140e',
  },
  variables: {
    'medium-emphasis-opacity': 0.76,
    'border-opacity': 0.16,
  },
};

export function makeVuetify() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
  const vuetify = createVuetify({
    locale: { adapter: createVueI18nAdapter({ i18n, useI18n }) },
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    theme: { defaultTheme: preferences.theme, cspNonce: nonce, themes: { light, dark } },
    // A phone below 600, a tablet below 960.
    display: {
      mobileBreakpoint: 'md',
      thresholds: { xs: 0, sm: 600, md: 960, lg: 1280, xl: 1920, xxl: 2560 },
    },
    defaults: {
      global: { ripple: !matchMedia('(prefers-reduced-motion: reduce)').matches },
      VCard: { flat: true, border: true, rounded: 'lg' },
      VBtn: { rounded: 'lg', class: 'text-none' },
      VTextField: { variant: 'outlined', density: 'comfortable' },
      VTextarea: { variant: 'outlined', density: 'comfortable', autoGrow: true, rows: 3 },
      VSelect: { variant: 'outlined', density: 'comfortable' },
      VAutocomplete: { variant: 'outlined', density: 'comfortable' },
      VNumberInput: { variant: 'outlined', density: 'comfortable', controlVariant: 'stacked' },
      VSwitch: { color: 'primary', inset: true, density: 'comfortable' },
      VCheckbox: { color: 'primary', density: 'comfortable' },
      VRadio: { color: 'primary', density: 'comfortable' },
      VTabs: { color: 'primary', density: 'comfortable' },
      VDialog: { maxWidth: 560 },
      VEmptyState: { size: 56 },
      VAlert: { variant: 'tonal', rounded: 'lg' },
      VProgressCircular: { color: 'primary' },
    },
  });
  watch(
    () => preferences.theme,
    (theme) => {
      void vuetify.theme.change(theme);
      // As public/theme.js does at the start.
      document.documentElement.dataset.theme = theme;
    },
  );
  return vuetify;
}
