/** The shown plan's collator in Python, and the plan as a table. */

import type { ChartTable } from '../../../viz/table.ts'
import type { BatchRun } from './run.ts'

/** Line ends with which the snippet lists its sequences. */
const rowsOf = (lists: readonly (readonly number[])[]) => lists.map((list) => `    [${list.join(', ')}],`).join('\n')

/**
 * A collator that gives the tensors of the shown batch: ids, positions, the mask that transformers takes ([B, 1, T, T] of booleans, true where a
 * query may read a key), and labels of −100 where nothing is to be predicted.
 */
export function collatorSnippet({ plan, batch, sequences, model, doc, assembled }: BatchRun): string {
  const planned = plan.batches[batch]
  const rows = planned?.rows ?? []
  const chosen = rows.flat()
  const names = new Map(chosen.map(({ sequence }, i) => [sequence, i]))
  const listed = chosen.map(({ sequence }) => sequences[sequence]?.tokens.map(({ id }) => id) ?? [])
  const listedRows = rows.map((row) => row.map(({ sequence, at }) => `(${names.get(sequence)}, ${at})`))
  const flag = (on: boolean) => (on ? 'True' : 'False')
  return `# A batch of CLSroom: ${doc.strategy}, batch ${batch + 1} of ${plan.batches.length}.
# pip install torch
import torch

PAD = ${model.pad.id}
FIRST_POSITION = ${model.firstPosition}
CAUSAL = ${flag(model.causal)}
BLOCK = ${flag(doc.block)}  # a query reads its own sequence alone
RESET = ${flag(doc.reset)}  # positions count from each sequence's first token

# Token ids of each sequence.
sequences = [
${rowsOf(listed)}
]
# Of each row the sequences in it, and where each starts.
rows = [
${listedRows.map((row) => `    [${row.join(', ')}],`).join('\n')}
]


def collate(sequences, rows, width):
    """input_ids, position_ids [B, T]; attention_mask [B, 1, T, T], True where a query may read a key; labels [B, T], -100: not counted."""
    shape = (len(rows), width)
    input_ids = torch.full(shape, PAD)
    position_ids = torch.full(shape, max(0, FIRST_POSITION - 1))
    owner = torch.full(shape, -1)
    for b, row in enumerate(rows):
        for number, at in row:
            ids = torch.tensor(sequences[number])
            span = slice(at, at + len(ids))
            input_ids[b, span] = ids
            position_ids[b, span] = torch.arange(len(ids)) + FIRST_POSITION + (0 if RESET else at)
            owner[b, span] = number
    readable = (owner != -1)[:, None, :].expand(-1, width, -1)
    if BLOCK:
        readable = readable & (owner[:, :, None] == owner[:, None, :])
    if CAUSAL:
        readable = readable & torch.ones(width, width, dtype=torch.bool).tril()
    # By place and not by id: where PAD is the end token, the ends still count.
    labels = torch.where(owner == -1, -100, input_ids)
    return {
        "input_ids": input_ids,
        "position_ids": position_ids,
        "attention_mask": readable[:, None],
        "labels": labels,
    }


batch = collate(sequences, rows, width=${assembled.width})
print({name: tuple(tensor.shape) for name, tensor in batch.items()})
`
}

/** A line a sequence: the batch, the row and the position that it stands in. */
export function planTable({ plan, lengths }: Pick<BatchRun, 'plan' | 'lengths'>): ChartTable {
  return {
    columns: ['batch', 'row', 'start', 'length', 'sequence', 'width'],
    rows: plan.batches.flatMap(({ width, rows }, b) =>
      rows.flatMap((row, r) => row.map(({ sequence, at }) => [b, r, at, lengths[sequence] ?? 0, sequence, width])),
    ),
  }
}
