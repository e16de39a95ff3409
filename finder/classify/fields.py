"""Which field of machine learning or data a position is of: "computer vision", "data engineering", "quant"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from finder.classify.phrases import Lexicon, hits, lexicon, plain
from finder.classify.role import Reading, Role
from finder.model import Stated

FIELDS: Mapping[Role, Mapping[str, str]] = MappingProxyType(
    {
        "core": {
            "computer vision": """
                computer vision, machine vision, image recognition, image classification, object detection,
                segmentation, video generation, image generation, visión artificial, visione artificiale, visão
                computacional, vision par ordinateur, bildverarbeitung, vision language, 0d vision
                """,
            "language": """
                nlp, natural language*, computational linguistics, machine translation, text mining, language
                technolog*, information retrieval, question answering, semantic search, linguist*
                """,
            "speech": "speech*, asr, text to speech, voice",
            "reinforcement learning": "reinforcement learning, imitation learning, robot learning, embodied ai",
            "generative models": """
                llm*, large language model*, gpt, genai, gen ai, generative*, foundation model*, world model*,
                diffusion*, agentic*, ai agent*, chatbot*, prompt*, multimodal, multi modal, post training, pre
                training, fine tuning, finetuning, rag
                """,
            "recommendation": "recommend*, learning to rank, search ranking, ads ranking, personalization, ranking",
            "machine learning infrastructure": """
                mlops, ml ops, ml platform*, ml infrastructure, ml infra, ml systems, ai infrastructure, ai infra, ai
                platform*, ai systems, machine learning platform*, machine learning infrastructure, machine learning
                systems, model serving, model inference, model infrastructure, model training, model deployment,
                inference
                """,
            "data science": """
                data scien*, datascien*, decision scien*, science des données, data scientiste, ciencia de datos,
                científic* de datos, científico de datos, científica de datos, cientista de dados, ciência de dados,
                datenwissenschaft*, datawetenschap*, causal inference, predictive model*
                """,
            "machine learning": """
                machine learning, machinelearning, ml, aiml, mle, deep learning, deeplearning, neural network*, ai, a
                i, ia, ki, artificial intelligence, künstliche intelligenz, künstlicher intelligenz, intelligence
                artificielle, inteligencia artificial, intelligenza artificiale, inteligência artificial, kunstmatige
                intelligentie, maschinelles lernen, maschinellem lernen, apprentissage automatique, apprentissage
                profond, aprendizaje automático, apprendimento automatico, aprendizado de máquina, applied scien*,
                research scien*, pytorch, tensorflow
                """,
        },
        "data": {
            "data engineering": """
                data engineer*, analytics engineer*, data pipeline*, data platform*, data warehous*, data integration,
                data infrastructure, data architect*, data software, data developer*, etl, big data, dataops, data ops,
                data systems, ingénieur données, ingeniero de datos, engenheiro de dados, engenharia de dados,
                ingegner* dei dati
                """,
            "statistics": "statistic*, biostatistic*, econometric*, econometrician*, psychometric*, biometrics",
            "data management": """
                data governance, data management, data quality, data steward*, data curation, data annotat*, data
                labeling, data strategy, data modeler, data modeling, data modelling
                """,
            "data analysis": """
                data analy*, analytics, analytic, business intelligence, bi, tableau, power bi, powerbi, dashboard*,
                reporting*, insight*, forecasting, data visuali*, data*, experimentation, informatics, dati, datos,
                dados, daten*, données, analista*, analysis
                """,
        },
        "adjacent": {
            "quant": "quant, quants, quantitative*, algorithmic trad*, trading research, actuar*",
            "perception": """
                perception, autonom*, self driving, slam, sensor fusion, motion planning, motion prediction,
                localization and mapping
                """,
            "robotics": "robot*",
            "bio": """
                bioinformatic*, computational biolog*, computational genom*, computational chem*, computational
                neuroscience, cheminformatic*, genomics, systems biology, quantitative biology, statistical genetics,
                epidemiolog*, pharmacometric*, medical imag*, biomedical imag*
                """,
            "recommendation": "recommend*, personalization, ranking, search engineer*",
            "statistics": "statistical model*, uncertainty quantification, bayesian, inverse problem*",
            "risk": "risk model*, credit model*, model risk, model validation, catastrophe model*, pricing",
            "operations research": "operations research, optimization*, decision analy*",
            "signals and images": """
                signal processing, image processing, imaging scientist*, computational imaging, computational
                photography, speech, audio research, remote sensing, photogrammetry, point cloud*
                """,
            "accelerated computing": "gpu*, cuda, hpc, high performance computing, scientific computing, ai compiler*",
            "geospatial": "geospatial*, gis, geographic information",
            "machine learning": """
                ai, a i, ia, ki, ml, genai, gen ai, llm*, gpt, agentic*, machine learning, artificial intelligence,
                deep learning, computer vision, data science, generative*, nlp, responsible ai
                """,
            "algorithms": """
                algorithm*, applied research*, computational*, simulation, mathemati*, applied math*, math model*
                """,
        },
    }
)
"""Role → field → its words. Of several fields the one that stands first in this list is told: the narrower one."""


@cache
def _lexicon(role: Role) -> Lexicon[str]:
    return lexicon((name, " ".join(table.split())) for name, table in FIELDS[role].items())


def field_of(title: str, reading: Reading) -> Stated | None:
    """The field that a title names, or the sentence of a description that the reading quotes; None for other work."""
    if reading.role == "none" or not reading.words:
        return None
    text = title if reading.words in title else reading.words
    found = hits(_lexicon(reading.role), plain(text))
    for name in FIELDS[reading.role]:
        if hit := next((hit for hit in found if hit.key == name), None):
            return Stated(name, text[hit.start : hit.end])
    return None
