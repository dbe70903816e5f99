"""The 申报书 as a PDF for stamping. The paper is Chinese whatever language the site is read in."""
