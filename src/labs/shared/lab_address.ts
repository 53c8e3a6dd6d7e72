import { encodeLink, type LinkFormat } from '../../state/permalink.ts'

/** The address of this page that opens a state of a lab; without one, the lab itself. */
export function labAddress<Link>(lab: string, format: LinkFormat<Link>, state: Link | null | undefined): string {
  const page = `${location.href.split('#')[0]}#/${lab}`
  return state ? `${page}?s=${encodeLink(format, state)}` : page
}
