/** The frame's side of `postMessage`: pages that the address allows call the automation surface and are told the frame's height. */

import { ClsroomError, reportOf } from '../../core/errors.ts'
import { fetchPart } from '../../core/fetch_part.ts'
import type { Clsroom } from '../../state/automation.ts'
import type { Asked } from './protocol.ts'

const PROTOCOL = 1

/** A page sets its state when it is told that the frame is ready: once, also where the frame is drawn anew in another language. */
let greeted = false

/** @param parents origins beside the page's own @returns what ends it */
export function bridge(clsroom: Clsroom, parents: readonly string[]): () => void {
  const allowed = [location.origin, ...parents]
  const onMessage = (event: MessageEvent<unknown>) => {
    const { data, source, origin } = event
    if (source !== window.parent || source === window || !isForUs(data)) return
    const reply = (answer: object, transfer: Transferable[] = []) =>
      window.parent.postMessage({ clsroom: PROTOCOL, id: data.id, ...answer }, { targetOrigin: origin, transfer })
    answer(clsroom, allowed, origin, data).then(
      ({ result, transfer }) => reply({ result }, transfer),
      (thrown) => reply({ error: reportOf(thrown) }),
    )
  }
  window.addEventListener('message', onMessage)

  const parent = parentOrigin()
  const mayTell = parent !== null && allowed.includes(parent)
  const tell = (event: object) => {
    if (mayTell) window.parent.postMessage({ clsroom: PROTOCOL, ...event }, { targetOrigin: parent })
  }
  const page = document.querySelector('.shell')
  const resized = new ResizeObserver(() => {
    if (page) tell({ event: 'resize', height: Math.ceil(page.getBoundingClientRect().height) })
  })
  if (page) resized.observe(page)
  void clsroom.ready.then(() => {
    if (!greeted) tell({ event: 'ready' })
    greeted ||= mayTell
  })
  return () => {
    window.removeEventListener('message', onMessage)
    resized.disconnect()
  }
}

/** Other messages of other scripts are none of ours. */
function isForUs(data: unknown): data is { id?: unknown } {
  return typeof data === 'object' && data !== null && 'clsroom' in data
}

/** The origin of the page round this frame, where the browser tells it. */
function parentOrigin(): string | null {
  if (window.parent === window) return null
  const [nearest] = location.ancestorOrigins ?? []
  if (nearest) return nearest
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : null
}

async function answer(clsroom: Clsroom, allowed: readonly string[], origin: string, data: unknown) {
  if (!allowed.includes(origin)) {
    throw new ClsroomError('input', 'This page may not call CLSroom', {
      found: origin,
      expected: allowed.join(', '),
      advice: 'Name the origin in the address of the frame, parents=https://…',
    })
  }
  const { parseCall, buffersIn } = await fetchPart(() => import('./protocol.ts'))
  const result = await called(clsroom, parseCall(data))
  return { result, transfer: [...buffersIn(result)] }
}

/** The input has been checked against the call that it is for. */
async function called(clsroom: Clsroom, { call, input }: Asked): Promise<unknown> {
  if (call === 'version') return clsroom.version
  if (call === 'ready') return clsroom.ready
  return (clsroom[call] as (input: unknown) => unknown)(input)
}
