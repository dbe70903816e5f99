// The sentences of the application's scripts.
import { handed } from "../../common/site.js";

export const texts = handed("apply-texts") || {};
