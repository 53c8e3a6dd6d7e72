import { beforeAll } from 'vitest'
import type { Backend, Ops, Session, Tensor } from '../../core/ops.ts'

/** A backend whose operations are held against their twins. */
export interface Subject {
  backend: Backend
  session: Session
  /** Runs in the shared session; the arrays of the tensors returned. */
  run(forward: (ops: Ops) => Tensor[]): Promise<Float32Array[]>
}

/** A backend for the tests of a file. */
export function withSubject(open: () => Promise<Backend>): Subject {
  const subject = {} as Subject
  beforeAll(async () => {
    subject.backend = await open()
    subject.session = subject.backend.session()
    subject.run = async (forward) => (await subject.session.run(forward)).arrays.map(({ data }) => data)
  })
  return subject
}
