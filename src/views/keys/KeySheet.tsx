import { Dialog } from '../primitives/Dialog.tsx'
import {
  ATLAS_KEYS,
  BOARD_KEYS,
  BRUSH_KEYS,
  CANDIDATE_KEYS,
  CROP_KEYS,
  DRAG_KEYS,
  DRAWER_KEYS,
  type KeyBinding,
  MAP_KEYS,
  OVERLAY_KEYS,
  PAGE_KEYS,
  PHOTO_KEYS,
  PICK_KEYS,
  PIECE_KEYS,
  PRESENT_KEYS,
  ROW_KEYS,
  STRIP_KEYS,
  signsOf,
  TOOL_KEYS,
  TREE_KEYS,
} from './tables.ts'
import { t } from './words/words.ts'

/** Every key of the page with what it does, from the tables that the handlers use. */
export default function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('title')} onClose={onClose} testId="key-sheet">
      <p className="hint">{t('lead')}</p>
      <div className="key-sheet">
        <Keys title={t('page')} table={PAGE_KEYS} does={(id) => t(`page.${id}`)} />
        <Keys title={t('present')} table={PRESENT_KEYS} does={(id) => t(`present.${id}`)} />
        <Keys title={t('strip')} table={STRIP_KEYS} does={(id) => t(`strip.${id}`)} />
        <Keys title={t('drag')} table={DRAG_KEYS} does={(id) => t(`drag.${id}`)} />
        <Keys title={t('row')} table={ROW_KEYS} does={(id) => t(`row.${id}`)} />
        <Keys title={t('map')} table={MAP_KEYS} does={(id) => t(`map.${id}`)} />
        <Keys title={t('board')} table={BOARD_KEYS} does={(id) => t(`board.${id}`)} />
        <Keys title={t('atlas')} table={ATLAS_KEYS} does={(id) => t(`atlas.${id}`)} />
        <Keys title={t('photo')} table={PHOTO_KEYS} does={(id) => t(`photo.${id}`)} />
        <Keys title={t('brush')} table={BRUSH_KEYS} does={(id) => t(`brush.${id}`)} />
        <Keys title={t('crop')} table={CROP_KEYS} does={(id) => t(`crop.${id}`)} />
        <Keys title={t('piece')} table={PIECE_KEYS} does={(id) => t(`piece.${id}`)} />
        <Keys title={t('tree')} table={TREE_KEYS} does={(id) => t(`tree.${id}`)} />
        <Keys title={t('candidates')} table={CANDIDATE_KEYS} does={(id) => t(`candidates.${id}`)} />
        <Keys title={t('tools')} table={TOOL_KEYS} does={(id) => t(`tools.${id}`)} />
        <Keys title={t('drawer')} table={DRAWER_KEYS} does={(id) => t(`drawer.${id}`)} />
        <Keys title={t('overlay')} table={OVERLAY_KEYS} does={(id) => t(`overlay.${id}`)} />
        <Keys title={t('pick')} table={PICK_KEYS} does={(id) => t(`pick.${id}`)} />
      </div>
    </Dialog>
  )
}

interface KeysProps<Id extends string> {
  title: string
  table: readonly (KeyBinding & { id: Id })[]
  does: (id: Id) => string
}

function Keys<Id extends string>({ title, table, does }: KeysProps<Id>) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {table.map((binding) => (
          <div key={`${binding.id} ${binding.keys[0]}`}>
            <dt>
              {signsOf(binding).map((signs, i) => (
                <span key={signs.join(' ')}>
                  {i > 0 && ` ${t('or')} `}
                  {signs.map((sign) => (
                    <kbd key={sign}>{sign === ' ' ? t('space') : sign}</kbd>
                  ))}
                </span>
              ))}
            </dt>
            <dd>{does(binding.id)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
