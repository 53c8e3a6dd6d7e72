import { fetchPart } from '../../core/fetch_part.ts'
import { ExportMenu } from '../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import type { AtlasExportProps } from './save_atlas.ts'

/** Saves every map of a run at once. What draws the files is fetched when one is asked for. */
export function AtlasExport(props: AtlasExportProps) {
  const theme = useTheme()
  return (
    <ExportMenu
      onExport={async (format) => {
        const { saveAtlas } = await fetchPart(() => import('./save_atlas.ts'))
        return saveAtlas(format, props, theme)
      }}
    />
  )
}
