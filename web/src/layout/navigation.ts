import {
  mdiAccountCircleOutline,
  mdiAccountGroupOutline,
  mdiBellOutline,
  mdiCalendarCheckOutline,
  mdiChartBoxOutline,
  mdiHelpCircleOutline,
  mdiNewspaperVariantOutline,
} from '@mdi/js';

/** The places of the product; the names are those of their routes. A phone has room for five. */
export const NAVIGATION = [
  { name: 'today', icon: mdiCalendarCheckOutline, title: 'nav.today', onPhone: true },
  { name: 'feed', icon: mdiNewspaperVariantOutline, title: 'nav.feed', onPhone: false },
  { name: 'groups', icon: mdiAccountGroupOutline, title: 'nav.groups', onPhone: true },
  { name: 'questions', icon: mdiHelpCircleOutline, title: 'nav.questions', onPhone: true },
  { name: 'statistics', icon: mdiChartBoxOutline, title: 'nav.statistics', onPhone: false },
  { name: 'messages', icon: mdiBellOutline, title: 'nav.messages', onPhone: true },
  { name: 'me', icon: mdiAccountCircleOutline, title: 'nav.me', onPhone: true },
] as const;
