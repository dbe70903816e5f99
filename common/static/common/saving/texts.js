// The sentences of a sheet that saves itself (common/site/saving.py).
import { handed } from "../site.js";

export const texts = handed("saving-texts") || {};
