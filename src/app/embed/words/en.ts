export const en = {
  open: 'Open in CLSroom',
  start: 'Start CLSroom',
}
