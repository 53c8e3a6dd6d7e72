import { EmptyState } from '../shell/Loading.tsx'

/** A bare encoder: a checkpoint that was saved without what answers. */
export function NoHeads() {
  return (
    <EmptyState title="This checkpoint has no heads">
      It is an encoder only: attention maps and hidden states are all it gives.
    </EmptyState>
  )
}
