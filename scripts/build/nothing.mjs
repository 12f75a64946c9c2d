// Stands for packages whose code is never called in what is bundled.
export default undefined;
