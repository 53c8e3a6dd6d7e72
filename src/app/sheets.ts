/** What opens over the page, one at a time, each fetched when it first does. */
export type Sheet = 'palette' | 'keys' | 'course' | 'offline' | 'about' | 'glossary' | 'share'
