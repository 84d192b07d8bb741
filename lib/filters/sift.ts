import * as names from "sift";

// The package is CommonJS in a form whose names Node cannot see: there all of them stand in its default, while
// bundlers, which read the package's other form, find them as they are declared.
export const sift: typeof names = { ...names, ...names.default };
