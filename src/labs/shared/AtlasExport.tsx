import { ExportMenu } from '../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import type { MapToken } from '../../views/maps/types.ts'
import type { Provenance } from './save_figure.ts'

export interface AtlasExportProps {
  /** Per layer [H, T, T]; null for a layer that was not read back. */
  maps: readonly (Float32Array | null)[]
  heads: number
  tokens: readonly MapToken[]
  made: Provenance
}

/** Saves every map of a run at once. What draws the files is fetched when one is asked for. */
export function AtlasExport(props: AtlasExportProps) {
  const theme = useTheme()
  return (
    <ExportMenu
      onExport={async (format) => {
        const { saveAtlas } = await import('./save_atlas.ts')
        return saveAtlas(format, props, theme)
      }}
    />
  )
}
