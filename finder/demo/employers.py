"""Who is hiring in the sample world. All invented, and so are the addresses that the lists give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

System = Literal["greenhouse", "lever", "ashby", "workday"]


@dataclass(frozen=True, slots=True)
class Employer:
    """Somebody who hires."""

    name: str
    system: System
    """Where its board is kept. Boards at Workday are not collected: lists alone tell of them."""
    about: str
    """Goes on after the name."""
    places: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Its token at a hiring system; by its ending it is nobody's."""
        return self.name.lower().replace(" ", "-") + "-sample"


EMPLOYERS = (
    Employer("Lumenfold", "greenhouse", "makes lamps that follow the daylight", ("Berlin, Germany",)),
    Employer("Quarrybyte", "ashby", "sells storage to laboratories", ("Berlin, Germany", "Remote")),
    Employer("Northquill", "lever", "checks contracts so that lawyers can sleep", ("London, UK", "Remote in UK")),
    Employer("Saltmarsh Robotics", "greenhouse", "builds boats that clean harbours by themselves", ("Boston, MA",)),
    Employer("Fernhollow", "ashby", "plans routes for vans that deliver plants", ("Amsterdam, Netherlands",)),
    Employer("Brackenlight", "lever", "reads X-ray images of bridges and towers", ("Toronto, ON, Canada",)),
    Employer("Tidewrack", "greenhouse", "forecasts waves for ports and ferries", ("Hamburg, Germany", "Remote")),
    Employer("Ollivane", "greenhouse", "teaches languages by stories", ("Munich, Germany", "Remote")),
    Employer("Copperfinch", "lever", "keeps the books of small shops", ("New York, NY", "Remote in USA")),
    Employer("Driftmoor Analytics", "ashby", "measures how towns use their water", ("Manchester, UK",)),
    Employer("Peatstone", "workday", "insures farms against bad weather", ("Chicago, IL",)),
    Employer("Hazelgrid", "greenhouse", "balances power in neighbourhood grids", ("Denver, CO", "Remote in USA")),
    Employer("Kestrelwork", "lever", "films crops from the air", ("Montreal, QC, Canada",)),
    Employer("Mossgate Health", "workday", "schedules the night shifts of hospitals", ("Philadelphia, PA",)),
    Employer("Umberline", "lever", "compares paint by photograph", ("Berlin, Germany",)),
    Employer("Vellichor Labs", "ashby", "searches archives of old newspapers", ("Remote", "Edinburgh, UK")),
    Employer("Wickerby", "greenhouse", "lends bicycles to commuters", ("Cologne, Germany",)),
    Employer("Yarrowtech", "workday", "makes sensors for greenhouses", ("Austin, TX",)),
    Employer("Zephyrloom", "ashby", "designs knitwear on demand", ("Zurich, Switzerland",)),
    Employer("Ashgrove Energy", "greenhouse", "runs wind parks at sea", ("Hamburg, Germany", "Esbjerg, Denmark")),
    Employer("Birchwave", "lever", "mixes sound for podcasts", ("Stockholm, Sweden", "Remote in Europe")),
    Employer("Cinderpath", "greenhouse", "predicts when trains need repair", ("Vienna, Austria",)),
    Employer("Duskfield", "lever", "recommends trails to hikers", ("Munich, Germany",)),
    Employer("Emberlane", "ashby", "writes software for volunteer fire brigades", ("Paris, France",)),
    Employer("Foxmere Bank", "workday", "is a bank without branches", ("Charlotte, NC",)),
    Employer("Gannetry", "greenhouse", "counts sea birds with cameras", ("Seattle, WA", "Remote in USA")),
    Employer("Heronsway", "ashby", "plans city buses", ("Dublin, Ireland",)),
    Employer("Inkwellery", "greenhouse", "marks handwritten exams", ("San Francisco, CA", "Remote in USA")),
    Employer("Juniperlock", "workday", "finds fraud in online auctions", ("San Jose, CA",)),
    Employer("Larkspurs", "lever", "sorts letters to public offices", ("Remote in Germany", "Leipzig, Germany")),
    Employer("Marlbrook", "workday", "ships spare parts overnight", ("Atlanta, GA",)),
    Employer("Nettlework", "ashby", "trains nurses in virtual wards", ("Helsinki, Finland", "Remote")),
    Employer("Osierbank", "lever", "rents tools by the hour", ("Vancouver, BC, Canada",)),
    Employer("Pebblewick", "greenhouse", "answers questions about recipes", ("Los Angeles, CA",)),
)  # fmt: skip
