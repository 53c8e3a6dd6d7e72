/** The cache of models that are no part of the first load: shared by the page, which fills it on request, and the service worker, which reads it. */
export const KEPT_MODELS = 'clsroom-models'
